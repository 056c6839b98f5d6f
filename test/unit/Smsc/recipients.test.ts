/** How SMSC names recipients, and how a person sees them. */
import { isEmail, isGroup, recipientKey, recipientOf } from '../../../nodes/Smsc/recipients';

it.each([
	['79161234567', '+79161234567'],
	['+79161234567', '+79161234567'],
	[' +7 (916) 123-45-67 ', '+79161234567'],
	['1234567', '+1234567'],
	['123456789012345', '+123456789012345'],
	// Short numbers, and what is none, stay as they are.
	['123456', '123456'],
	['1234567890123456', '1234567890123456'],
	[' SHOP ', 'SHOP'],
	['SHOP 79161234567', 'SHOP 79161234567'],
	['79161234567 SHOP', '79161234567 SHOP'],
	['anna.7@example.com', 'anna.7@example.com'],
	['', null],
	[' ', null],
	[null, null],
])('%j is shown as %j', (named, shown) => {
	expect(recipientOf(named)).toBe(shown);
});

it.each([
	['+79161234567', '7 916 123-45-67'],
	['Anna.7@Example.com', ' anna.7@example.COM '],
])('%s and %s are the same recipient', (one, other) => {
	expect(recipientKey(one)).toBe(recipientKey(other));
	expect(recipientKey(one)).not.toBe('');
});

it('an address is not the number that stands in it', () => {
	expect(recipientKey('79161234567@example.com')).not.toBe(recipientKey('79161234567'));
});

it.each(['a@b.co', 'anna.7@example.com', "o'neil@mail.example.org"])('%s is an address', (text) => {
	expect(isEmail(text)).toBe(true);
});

it.each([
	'',
	'a@b',
	'@example.com',
	'a b@example.com',
	'a@exam ple.com',
	'a@example.c',
	'a@@example.com',
	'a@example.com,b@example.com',
	' a@example.com',
	'a@example.com ',
	'a@example..',
	`${'x'.repeat(65)}@example.com`,
])('%j is none', (text) => {
	expect(isEmail(text)).toBe(false);
});

it.each([
	['G1', true],
	['g123456789012', true],
	['G', false],
	['G1234567890123', false],
	['xG1', false],
	['G1x', false],
])('%s is a group of the address book: %s', (text, expected) => {
	expect(isGroup(text)).toBe(expected);
});
