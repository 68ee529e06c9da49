/** Who made a model folder. The version rises whenever the same source would give other bytes. */
export const exporterName = 'lucie-workbench';
export const exporterVersion = '1';
