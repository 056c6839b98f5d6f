/** What VoIP Communications can do besides sending. */
import type { Operation } from '../../shared/contract/operation';
import { getConversation } from './getConversation';
import { getLog } from './getLog';

export const voipCommunicationsOperations: readonly Operation[] = [getLog, getConversation];
