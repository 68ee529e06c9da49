/** Starts the renderer: one connection, one workbench, one root component. */
import { mount } from 'svelte';
import './ui/theme.css';
import './ui/base.css';
import { Connection } from './connection/connection.ts';
import { currentHost } from './host.ts';
import App from './shell/App.svelte';
import { Workbench } from './shell/workbench.svelte.ts';

const target = document.getElementById('workbench');
if (target === null) throw new Error('index.html has no element with the id "workbench".');

const host = currentHost();
const workbench = new Workbench(new Connection(host.dial), host);
workbench.start();
mount(App, { target, props: { workbench } });
