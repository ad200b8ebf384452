/** Loaded before a command: its clock starts at the time that AKA_SCREENS_CLOCK names, so that dates are the same in every run. */
const offset = Number(process.env.AKA_SCREENS_CLOCK)
const now = () => performance.now() + performance.timeOrigin + offset
globalThis.Date = new Proxy(Date, {
  construct: (target, args, caller) => Reflect.construct(target, args.length === 0 ? [now()] : args, caller),
  get: (target, name) => (name === 'now' ? () => Math.floor(now()) : Reflect.get(target, name)),
})
