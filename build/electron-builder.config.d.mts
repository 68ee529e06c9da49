/** The configuration's type, for the test that reads it. */
import type { Configuration } from 'electron-builder';

declare const configuration: Configuration;
export default configuration;
