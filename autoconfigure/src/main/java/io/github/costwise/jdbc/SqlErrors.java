package io.github.costwise.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Tells by its SQLState whether an error of the database passes by itself.
 *
 * @since 0.1.0
 */
public final class SqlErrors {

	/**
	 * Syntax, unknown objects and rights (42), logins (28), what is not supported (0A),
	 * values (22), unknown databases (3D) and schemas (3F).
	 */
	private static final Set<String> PERMANENT_CLASSES = Set.of("42", "28", "0A", "22", "3D", "3F");

	/** What H2 says of rights, administrators and databases that do not exist. */
	private static final Set<String> PERMANENT_STATES = Set.of("90096", "90040", "90013", "90146");

	/** What H2 says of connections, databases and objects that are closed. */
	private static final Set<String> CLOSED_STATES = Set.of("90007", "90067", "90098", "90121");

	private static final int DEEPEST = 20;

	private SqlErrors() {
	}

	/**
	 * Returns whether it is due to what one row holds: a value (22) or a constraint (23).
	 * @param error what was thrown
	 * @return whether another row may pass
	 */
	public static boolean isOfRow(SQLException error) {
		String state = error.getSQLState();
		return state != null && (state.startsWith("22") || state.startsWith("23"));
	}

	/**
	 * Returns whether another transaction was first, so that this one, of which nothing
	 * is done, may be tried again: a deadlock, or an order that cannot be (40).
	 * @param error what was thrown
	 * @return whether to try again
	 */
	public static boolean isConflict(SQLException error) {
		String state = error.getSQLState();
		return state != null && state.startsWith("40");
	}

	/**
	 * Returns whether it is the connection that is broken (08), or the server that ends
	 * it (57P), also as drivers say it.
	 * @param error what was thrown
	 * @return whether another connection may do better
	 */
	public static boolean isOfConnection(SQLException error) {
		String state = error.getSQLState();
		return error instanceof SQLRecoverableException || error instanceof SQLNonTransientConnectionException
				|| (state != null
						&& (state.startsWith("08") || state.startsWith("57P") || CLOSED_STATES.contains(state)));
	}

	/**
	 * Finds what will not pass by itself, also behind the exception of a pool.
	 * @param error what was thrown
	 * @return the SQLState, or {@code null} if it may pass
	 */
	public static @Nullable String permanentState(Throwable error) {
		Throwable at = error;
		for (int i = 0; at != null && i < DEEPEST; i++) {
			String state = (at instanceof SQLException ex) ? ex.getSQLState() : null;
			if (state != null && isPermanent(state)) {
				return state;
			}
			SQLException next = (at instanceof SQLException ex) ? ex.getNextException() : null;
			at = (next != null) ? next : at.getCause();
		}
		return null;
	}

	private static boolean isPermanent(String state) {
		return PERMANENT_STATES.contains(state)
				|| (state.length() >= 2 && PERMANENT_CLASSES.contains(state.substring(0, 2)));
	}

}
