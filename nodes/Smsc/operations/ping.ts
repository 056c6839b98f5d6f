/** SMSC: a text that nobody sees. Source: "Sending an SMS", `ping`. */
import { numberCheck } from './numberCheck';

export const ping = numberCheck('ping', {
	operation: 'ping',
	name: 'Ping',
	action: 'Ping a number',
	description: 'Find out whether a phone is on, with a text that nobody sees. Each ping is charged.',
});
