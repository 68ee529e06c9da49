/** The formats that something can be exported in, as a page of a menu. */
import { exportFormatSchema, type ExportScope } from '../../../main/contract/chat-history.ts';
import { exportFormats } from '../../i18n/history.ts';
import type { Workbench } from '../../shell/workbench.svelte.ts';
import type { MenuItem } from './menu-items.ts';

export function exportItems({ i18n, transfer }: Workbench, scope: ExportScope): MenuItem[] {
  return exportFormatSchema.options.map((format) => ({
    type: 'command',
    label: i18n.t(exportFormats[format]),
    run: () => void transfer.export(scope, format, i18n.language),
  }));
}
