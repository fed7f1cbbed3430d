package io.github.costwise.budget.jdbc;

import java.util.List;

/**
 * Something else was done meanwhile, or rows are missing: the transaction does nothing
 * and is begun once more.
 */
final class TryAgainException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<NewAccount> missing;

	TryAgainException(List<NewAccount> missing) {
		super("try again", null, true, false);
		this.missing = missing;
	}

	/** The rows that have to be made before. */
	List<NewAccount> missing() {
		return this.missing;
	}

}
