import { decodeText } from '../encoding';

/** The page's own 31.168300000000002 has 17 digits. */
const PHP_PRECISION = 17;

/**
 * A number as PHP echoes it (https://www.php.net/manual/en/language.types.float.php): what is left of a spent balance is
 * `2.8421709430404E-14`.
 */
export function phpFloat(value: number): string {
	if (value === 0) return '0';
	const exponent = Math.floor(Math.log10(Math.abs(value)));
	if (exponent >= -4 && exponent < PHP_PRECISION) return String(value);
	const [mantissa = '', power = ''] = value.toExponential().split('e');
	return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${power}`;
}

/** In the order of the reply; `errors` may come several times. */
export type Pairs = ReadonlyArray<readonly [key: string, value: string]>;

/** Null: the bytes were not UTF-8. */
export type Parameters = ReadonlyMap<string, string | null>;

/** The vendor's PHP class up to 1.9: base64 with `+/=` written as `-_,`. */
export function fromOldDialect(parameters: Parameters): Parameters {
	return new Map(
		[...parameters].map(([name, value]) => {
			const base64 = (value ?? '').replace(/-/g, '+').replace(/_/g, '/').replace(/,/g, '=');
			return [name, decodeText(Buffer.from(base64, 'base64'), 'utf-8')];
		}),
	);
}

/** A serialized array of PHP, in the same base64. */
export function toOldDialect(pairs: Pairs): string {
	const string = (value: string): string => `s:${Buffer.byteLength(value)}:"${value}";`;
	const failures = pairs.filter(([key]) => key === 'errors').map(([, value]) => value);
	const entries = pairs
		.filter(([key]) => key !== 'errors')
		.map(([key, value]) => `${string(key)}${string(value)}`);
	if (failures.length > 0) {
		const list = failures.map((value, index) => `i:${index};${string(value)}`).join('');
		entries.push(`${string('errors')}a:${failures.length}:{${list}}`);
	}
	return Buffer.from(`a:${entries.length}:{${entries.join('')}}`)
		.toString('base64')
		.replace(/\+/g, '-')
		.replace(/\//g, '_')
		.replace(/=/g, ',');
}
