/** An AssemblyScript source as WebAssembly (.ci/assembly-script.ts). */
declare module '*.ts?wasm' {
  const bytes: Uint8Array;
  export default bytes;
}
