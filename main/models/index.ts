/** The model catalogue and the engine that runs one of its models. */
export { Catalogue, embeddedModelId } from './catalogue.ts';
export { ModelService, type EngineClient } from './model-service.ts';
