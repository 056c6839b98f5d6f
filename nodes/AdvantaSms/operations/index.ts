/** What the Advanta platform can do besides sending. */
import type { Operation } from '../../shared/contract/operation';
import { getBalance } from './account';
import { getStatus } from './message';

export const advantaSmsOperations: readonly Operation[] = [getStatus, getBalance];
