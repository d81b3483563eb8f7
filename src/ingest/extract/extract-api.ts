import type {
  Extraction,
  ExtractLimits,
  ExtractProgress,
  FileContents,
  NamedFile,
  TableChoice,
  Unpacked,
} from './extract-contract';

type OnProgress = (progress: ExtractProgress) => void;

/** What the page may ask of the extract worker; it is ended to cancel. */
export interface ExtractApi {
  unpack(files: readonly NamedFile[], onProgress: OnProgress, limits: ExtractLimits | undefined): Promise<Unpacked>;
  inspect(file: Blob, name: string): Promise<FileContents>;
  extract(
    file: Blob,
    name: string,
    choice: TableChoice,
    onProgress: OnProgress,
    limits: ExtractLimits | undefined,
  ): Promise<Extraction>;
}
