/** What AlphaSMS can do besides sending. */
import type { Operation } from '../../shared/contract/operation';
import { getBalance } from './account';
import { cancel, getStatus } from './message';

export const alphaSmsOperations: readonly Operation[] = [getStatus, cancel, getBalance];
