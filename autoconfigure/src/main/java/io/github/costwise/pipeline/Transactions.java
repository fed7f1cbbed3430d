package io.github.costwise.pipeline;

import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * Finds out whether this thread holds a database transaction open, in which nobody should
 * wait.
 */
final class Transactions {

	private static final boolean KNOWN = ClassUtils.isPresent(
			"org.springframework.transaction.support.TransactionSynchronizationManager",
			Transactions.class.getClassLoader());

	private Transactions() {
	}

	static boolean isActive() {
		return KNOWN && TransactionSynchronizationManager.isActualTransactionActive();
	}

}
