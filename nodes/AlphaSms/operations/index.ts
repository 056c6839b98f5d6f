/** What AlphaSMS can do besides sending. */
import type { Operation } from '../../shared/contract/operation';
import { cancel } from './cancel';
import { getBalance } from './getBalance';
import { getStatus } from './getStatus';

export const alphaSmsOperations: readonly Operation[] = [getStatus, cancel, getBalance];
