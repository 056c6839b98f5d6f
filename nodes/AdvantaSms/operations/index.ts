/** What the Advanta platform can do besides sending. */
import type { Operation } from '../../shared/contract/operation';
import { getBalance } from './getBalance';
import { getStatus } from './getStatus';

export const advantaSmsOperations: readonly Operation[] = [getStatus, getBalance];
