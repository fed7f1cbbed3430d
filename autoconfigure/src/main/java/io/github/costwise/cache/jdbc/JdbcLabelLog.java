package io.github.costwise.cache.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import javax.sql.DataSource;

import io.github.costwise.spi.LabelLog;

/**
 * Keeps labels in a database (PostgreSQL or H2), in the tables
 * {@code costwise_cache_label} and {@code costwise_cache_label_end}. Who appends to a
 * learning group holds the row of its end until the transaction is committed: positions
 * become visible in their order and without gaps, so that no reader passes over a record.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class JdbcLabelLog implements LabelLog {

	/**
	 * Positions begin at the time, so that those of lost tables are never given again.
	 */
	private static final long POSITIONS_A_MILLISECOND = 1 << 10;

	private static final long MICROSECONDS = 1000;

	private static final int TRIM_INTERVAL = 1000;

	private static final String MOVE_END = "update costwise_cache_label_end set log_position = log_position + ? "
			+ "where learning_group = ?";

	private static final String FIRST_END = "insert into costwise_cache_label_end (log_position, learning_group) "
			+ "values (?, ?)";

	private static final String END = "select log_position from costwise_cache_label_end where learning_group = ?";

	private static final String INSERT = "insert into costwise_cache_label (learning_group, log_position, content) "
			+ "values (?, ?, ?)";

	private static final String TRIM = "delete from costwise_cache_label where log_position <= ? "
			+ "and learning_group = ?";

	private static final String READ = "select log_position, content from costwise_cache_label "
			+ "where learning_group = ? and log_position > ? order by log_position";

	private final LabelDatabase database;

	private final Clock clock;

	/**
	 * Creates a log. The database is asked for the first time when the log is used.
	 * @param dataSource gives connections to the database
	 * @param settings how to use it
	 * @param clock the time
	 */
	public JdbcLabelLog(DataSource dataSource, JdbcLabelSettings settings, Clock clock) {
		this.database = new LabelDatabase(dataSource, settings);
		this.clock = clock;
	}

	@Override
	public void append(String learningGroup, Collection<byte[]> records) {
		LabelLog.requireGroup(learningGroup);
		if (!records.isEmpty()) {
			this.database.run("append labels", (connection) -> append(connection, learningGroup, records));
		}
	}

	private boolean append(Connection connection, String group, Collection<byte[]> records) throws SQLException {
		if (update(connection, MOVE_END, records.size(), group) == 0) {
			update(connection, FIRST_END, firstPosition() + records.size(), group);
		}
		long end = end(connection, group);
		long begin = end - records.size();
		insert(connection, group, begin, records);
		if (begin / TRIM_INTERVAL != end / TRIM_INTERVAL) {
			update(connection, TRIM, end - KEPT, group);
		}
		return true;
	}

	/** Tables may be lost and made again within a millisecond. */
	private long firstPosition() {
		long micros = ChronoUnit.MICROS.between(Instant.EPOCH, this.clock.instant());
		return micros / MICROSECONDS * POSITIONS_A_MILLISECOND
				+ micros % MICROSECONDS * POSITIONS_A_MILLISECOND / MICROSECONDS;
	}

	private int update(Connection connection, String sql, long number, String group) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			this.database.limit(statement);
			statement.setLong(1, number);
			statement.setString(2, group);
			return statement.executeUpdate();
		}
	}

	private long end(Connection connection, String group) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(END)) {
			this.database.limit(statement);
			statement.setString(1, group);
			try (ResultSet rows = statement.executeQuery()) {
				if (!rows.next()) {
					throw new SQLException("The end of the labels vanished");
				}
				return rows.getLong(1);
			}
		}
	}

	private void insert(Connection connection, String group, long begin, Collection<byte[]> records)
			throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
			this.database.limit(statement);
			statement.setString(1, group);
			long position = begin;
			for (byte[] record : records) {
				statement.setLong(2, ++position);
				statement.setBytes(3, record);
				statement.addBatch();
			}
			statement.executeBatch();
		}
	}

	@Override
	public LabelBatch read(String learningGroup, long after, int most) {
		LabelLog.requireGroup(learningGroup);
		return this.database.run("read labels", (connection) -> read(connection, learningGroup, after, most));
	}

	private LabelBatch read(Connection connection, String group, long after, int most) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(READ)) {
			this.database.limit(statement);
			statement.setMaxRows(most);
			statement.setString(1, group);
			statement.setLong(2, after);
			List<byte[]> records = new ArrayList<>();
			long next = after;
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					next = rows.getLong(1);
					records.add(rows.getBytes(2));
				}
			}
			return new LabelBatch(List.copyOf(records), next);
		}
	}

}
