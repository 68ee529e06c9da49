/** What a model can run on, what was found of it on this machine, and why a device was not taken. */
import { z } from 'zod';

/** ONNX Runtime's execution providers, by its own names. */
export const deviceSchema = z.enum(['cpu', 'webgpu', 'cuda', 'dml', 'coreml']);
export type Device = z.infer<typeof deviceSchema>;

/** The graph that every device but the CPU runs, within a model folder. */
export const gpuGraph = 'onnx/model_q4f16.onnx';

/** What a user asks for: the best device, or one of them. */
export const deviceWishSchema = deviceSchema.or(z.literal('auto'));
export type DeviceWish = z.infer<typeof deviceWishSchema>;

export const deviceFallbackReasonSchema = z.enum([
  /** The runtime of this system has no such provider. */
  'not-on-this-system',
  /** Libraries that the provider needs are absent. */
  'not-installed',
  /** No graphics adapter answers. */
  'no-adapter',
  /** The adapter is a program on the CPU, slower than the CPU provider. */
  'software-adapter',
  /** The provider lacks the operators of these graphs and would hand every layer back to the CPU. */
  'no-operators',
  /** The model folder has no graph for it. */
  'no-graph',
  /** The adapter cannot compute in float16, which its graph needs. */
  'no-float16',
  /** Weights, cache and scratch do not fit into its memory. */
  'not-enough-memory',
  /** It was tried, and failed. */
  'load-failed',
  /** The process that tried it ended, or did not answer in time. */
  'driver-failed',
]);
export type DeviceFallbackReason = z.infer<typeof deviceFallbackReasonSchema>;

/** A device that would have come before the one that runs, and why it does not. */
export const deviceFallbackSchema = z.object({
  device: deviceSchema,
  reason: deviceFallbackReasonSchema,
  /** What exactly was found, in English: a library, an adapter, a message of the runtime; may be empty. */
  detail: z.string(),
});
export type DeviceFallback = z.infer<typeof deviceFallbackSchema>;

/** What was found of one device. `null` is unknown: the runtime tells nothing of its adapter. */
export const deviceProbeSchema = z.discriminatedUnion('usable', [
  z.object({
    usable: z.literal(true),
    device: deviceSchema,
    name: z.string().nullable(),
    isSoftware: z.boolean().nullable(),
    float16: z.boolean().nullable(),
    /** Of the device's own memory. */
    memoryBytes: z.int().nullable(),
  }),
  deviceFallbackSchema.extend({ usable: z.literal(false) }),
]);
export type DeviceProbe = z.infer<typeof deviceProbeSchema>;

/** Whether a model fits, reckoned before it is opened. */
export const memoryPlanSchema = z.object({
  weightBytes: z.int(),
  cacheBytesPerToken: z.int(),
  /** The most that loading and running need beside weights and cache. */
  scratchBytes: z.int(),
  /** `null` where it is not known how much there is. */
  availableBytes: z.int().nullable(),
  /** Tokens, at most the model's context; all of it where the memory is not known. */
  contextThatFits: z.int(),
});
export type MemoryPlan = z.infer<typeof memoryPlanSchema>;
