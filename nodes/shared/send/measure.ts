import type { BaseOptions, Message } from '../contract/message';
import type { Sender } from '../contract/sender';
import { measureSegments } from '../segments/segments';

export function measureFor(sender: Sender, text: string, options: BaseOptions): Message['measure'] {
	return sender.measure?.(text, options) ?? measureSegments(text);
}
