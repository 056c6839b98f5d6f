/**
 * Loaded into n8n with `NODE_OPTIONS=--require`: its clock is wrong by CLOCK_SHIFT_MS milliseconds. Timers run as ever.
 */
const shift = Number(process.env.CLOCK_SHIFT_MS ?? 0);
const RealDate = Date;

class ShiftedDate extends RealDate {
	constructor(...args) {
		if (args.length === 0) super(RealDate.now() + shift);
		else super(...args);
	}

	static now() {
		return RealDate.now() + shift;
	}
}

/** `Date()` without `new` gives a text. */
globalThis.Date = new Proxy(ShiftedDate, {
	apply: () => new ShiftedDate().toString(),
});
