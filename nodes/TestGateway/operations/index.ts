import type { Operation } from '../../shared/contract/operation';
import { getBalance } from './getBalance';
import { getStatus } from './getStatus';

export const testOperations: readonly Operation[] = [getBalance, getStatus];
