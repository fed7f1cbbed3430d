package io.github.costwise.budget.jdbc;

import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.github.costwise.testsupport.SmallPool;

/**
 * A pool of few connections that keeps whoever wants another one waiting, as pools do.
 */
class WaitingPool extends SmallPool {

	WaitingPool(DataSource target, int connections) {
		super(target, connections);
	}

	@Override
	protected boolean take(Semaphore available) throws SQLException {
		try {
			return available.tryAcquire(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new SQLException("interrupted", "08001", ex);
		}
	}

}
