/** What both window hosts enforce. */
export { contentSecurityPolicy, securityHeaders } from './content-security-policy.ts';
export { findRendererFile, type RendererFile } from './renderer-file.ts';
