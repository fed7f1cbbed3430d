package io.github.costwise.budget.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A pool of few connections that keeps whoever wants another one waiting, as pools do.
 */
class WaitingPool extends DelegatingDataSource {

	private final Semaphore free;

	WaitingPool(DataSource target, int connections) {
		super(target);
		this.free = new Semaphore(connections);
	}

	@Override
	public Connection getConnection() throws SQLException {
		try {
			if (!this.free.tryAcquire(30, TimeUnit.SECONDS)) {
				throw new SQLTransientConnectionException("Connection is not available", "08001");
			}
		}
		catch (InterruptedException ex) {
			throw new SQLException("interrupted", "08001", ex);
		}
		Connection connection = super.getConnection();
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, args) -> {
					if (method.getName().equals("close")) {
						this.free.release();
					}
					try {
						return method.invoke(connection, args);
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

}
