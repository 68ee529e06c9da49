/** How components reach the stores: `const { i18n, chat } = useWorkbench()` at the top of a component. */
import { createContext } from 'svelte';
import type { Workbench } from './workbench.svelte.ts';

export const [useWorkbench, provideWorkbench] = createContext<Workbench>();
