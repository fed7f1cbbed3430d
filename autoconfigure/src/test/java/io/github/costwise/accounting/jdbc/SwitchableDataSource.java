package io.github.costwise.accounting.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source that fails on command.
 */
class SwitchableDataSource extends DelegatingDataSource {

	private volatile boolean down;

	private volatile @Nullable Error error;

	private volatile CountDownLatch hang = new CountDownLatch(0);

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicInteger lostCommits = new AtomicInteger();

	SwitchableDataSource(DataSource target) {
		super(target);
	}

	/** Refuses connections, or stops refusing them. */
	void setDown(boolean down) {
		this.down = down;
	}

	/** Throws an error at everyone who wants a connection, until it is {@code null}. */
	void breakWith(@Nullable Error error) {
		this.error = error;
	}

	/** Lets everyone who wants a connection wait, until the latch is counted down. */
	CountDownLatch hang() {
		this.hang = new CountDownLatch(1);
		return this.hang;
	}

	/** How many threads wait for a connection. */
	int waiting() {
		return this.waiting.get();
	}

	/** Lets the next commits work, but with an error as if the answer was lost. */
	void loseCommits(int commits) {
		this.lostCommits.set(commits);
	}

	@Override
	public Connection getConnection() throws SQLException {
		this.waiting.incrementAndGet();
		try {
			this.hang.await();
		}
		catch (InterruptedException ex) {
			throw new SQLException("interrupted", "08000", ex);
		}
		finally {
			this.waiting.decrementAndGet();
		}
		Error thrown = this.error;
		if (thrown != null) {
			throw thrown;
		}
		if (this.down) {
			throw new SQLException("connection refused", "08001");
		}
		return losingCommits(super.getConnection());
	}

	private Connection losingCommits(Connection connection) {
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, args) -> {
					try {
						Object result = method.invoke(connection, args);
						if (method.getName().equals("commit")
								&& this.lostCommits.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
							throw new SQLException("connection reset", "08006");
						}
						return result;
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

}
