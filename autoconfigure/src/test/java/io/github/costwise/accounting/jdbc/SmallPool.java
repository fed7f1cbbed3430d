package io.github.costwise.accounting.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source of few connections, which refuses the next one at once.
 */
class SmallPool extends DelegatingDataSource {

	private final Semaphore free;

	SmallPool(DataSource target, int connections) {
		super(target);
		this.free = new Semaphore(connections);
	}

	/** How many connections are not in use. */
	int free() {
		return this.free.availablePermits();
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (!this.free.tryAcquire()) {
			throw new SQLTransientConnectionException("Connection is not available", "08001");
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
