/** What the browser tests share: the stage of the real runs, the inbox, and one signed-in editor. */
import type { Inbox } from '../../../simulators/inbox';
import type { Stage } from '../real-n8n/stage';
import type { Editor } from './editor';

export interface Bench {
	readonly stage: Stage;
	readonly inbox: Inbox;
	readonly editor: Editor;
}
