package io.github.costwise.budget.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source whose connections break: before a statement or a commit is done, or after
 * it, so that only the answer is lost. Counts statements and commits.
 */
class DroppingDataSource extends DelegatingDataSource {

	private static final Set<String> TALKS = Set.of("executeQuery", "executeUpdate", "executeBatch", "commit");

	private final Set<Connection> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger talks = new AtomicInteger();

	private final Random random;

	private volatile int oneOf;

	DroppingDataSource(DataSource target, long seed) {
		super(target);
		this.random = new Random(seed);
	}

	/** Breaks one of so many, or none for 0. */
	void dropOneOf(int many) {
		this.oneOf = many;
	}

	/** Breaks all that are open now. */
	void dropAll() throws SQLException {
		for (Connection connection : this.open) {
			connection.close();
		}
	}

	/** How often the database was asked for something. */
	int talks() {
		return this.talks.get();
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		this.open.add(connection);
		return proxy(Connection.class, connection, connection);
	}

	private <T> T proxy(Class<T> type, T target, Connection connection) {
		return type
			.cast(Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { type }, (self, method, args) -> {
				Object result = TALKS.contains(method.getName()) ? talk(target, method, args, connection)
						: invoke(target, method, args);
				return (result instanceof PreparedStatement statement)
						? proxy(PreparedStatement.class, statement, connection) : result;
			}));
	}

	private Object talk(Object target, Method method, Object[] args, Connection connection) throws Throwable {
		this.talks.incrementAndGet();
		drop(connection);
		Object result = invoke(target, method, args);
		drop(connection);
		return result;
	}

	private void drop(Connection connection) throws SQLException {
		int many = this.oneOf;
		if (many > 0 && this.random.nextInt(many) == 0) {
			connection.abort(Runnable::run);
			throw new SQLException("connection reset", "08006");
		}
	}

	private static Object invoke(Object target, Method method, Object[] args) throws Throwable {
		try {
			return method.invoke(target, args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
