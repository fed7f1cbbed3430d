package io.github.costwise.testsupport;

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
public class SmallPool extends DelegatingDataSource {

	private final Semaphore free;

	/**
	 * Creates a pool.
	 * @param target makes connections
	 * @param connections how many may be in use
	 */
	public SmallPool(DataSource target, int connections) {
		super(target);
		this.free = new Semaphore(connections);
	}

	/**
	 * Returns how many connections are not in use.
	 * @return the number now
	 */
	public int free() {
		return this.free.availablePermits();
	}

	/**
	 * Takes a connection, or not.
	 * @param available a permit for each that is not in use
	 * @return whether there is one
	 * @throws SQLException if that could not be found out
	 */
	protected boolean take(Semaphore available) throws SQLException {
		return available.tryAcquire();
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (!take(this.free)) {
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
