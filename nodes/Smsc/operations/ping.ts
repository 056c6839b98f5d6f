/** SMSC: an invisible text. Source: "Sending an SMS", `ping`. */
import { numberCheck } from './numberCheck';

export const ping = numberCheck('ping', {
	operation: 'ping',
	name: 'Ping',
	action: 'Ping a number',
	description: 'Find out whether a phone is on, with an invisible text. Each ping is charged.',
});
