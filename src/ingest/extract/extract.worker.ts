import { exposeMethods } from '../../workers/expose';
import type { ExtractApi } from './extract-api';
import { extractInProcess } from './extract-in-process';

// Readers of others' making say there what they do not understand, and that may be a customer's data.
Object.assign(self.console, { debug() {}, info() {}, log() {}, warn() {}, error() {} });

const unpack: ExtractApi['unpack'] = (files, onProgress, limits) =>
  extractInProcess.unpack(files, { onProgress, limits });

const inspect: ExtractApi['inspect'] = (file, name) => extractInProcess.inspect(file, name);

const extract: ExtractApi['extract'] = (file, name, choice, onProgress, limits) =>
  extractInProcess.extract(file, name, choice, { onProgress, limits });

exposeMethods({ unpack, inspect, extract });
