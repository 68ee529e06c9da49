/**
 * Writes the default calibration text, `native-models/calibrate/calibration-text.txt`. The same bytes every time.
 *
 * usage: node build/sample-data/make-calibration-text.ts
 */
import { writeFileSync } from 'node:fs';
import { defaultTextPath } from '../../native-models/calibrate/text-sequences.ts';
import { calibrationText } from './calibration-text.ts';

const text = calibrationText();
writeFileSync(defaultTextPath, text);
console.log(`${defaultTextPath}: ${text.length} characters`);
