package io.github.costwise.jdbc;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SqlErrors}.
 */
@Tag("unit")
class SqlErrorsTests {

	@ParameterizedTest
	@ValueSource(strings = { "42501", "42P01", "42703", "42S02", "28P01", "28000", "0A000", "22001", "3D000", "3F000",
			"90096" })
	void someDoNotPassByThemselvesAlsoBehindAPool(String state) {
		SQLException error = new SQLException("refused", state);
		assertThat(SqlErrors.permanentState(error)).isEqualTo(state);
		assertThat(SqlErrors.permanentState(new SQLTransientConnectionException("timed out", "08001", error)))
			.isEqualTo(state);
		SQLException batch = new SQLException("batch");
		batch.setNextException(error);
		assertThat(SqlErrors.permanentState(new IllegalStateException(batch))).isEqualTo(state);
	}

	@ParameterizedTest
	@ValueSource(strings = { "08001", "08006", "57P01", "57P03", "53300", "40001", "40P01", "55P03", "25006", "90020",
			"90098", "4", "" })
	void othersMay(String state) {
		assertThat(SqlErrors.permanentState(new SQLException("later", state))).isNull();
		assertThat(SqlErrors.permanentState(new SQLException("no state"))).isNull();
	}

	@Test
	void conflictsMayBeTriedAgainOnTheSameConnection() {
		assertThat(SqlErrors.isConflict(new SQLException("deadlock", "40P01"))).isTrue();
		assertThat(SqlErrors.isConflict(new SQLException("order", "40001"))).isTrue();
		assertThat(SqlErrors.isConflict(new SQLException("key", "23505"))).isFalse();
		assertThat(SqlErrors.isConflict(new SQLException("no state"))).isFalse();
	}

	@Test
	void brokenConnectionsAreSeen() {
		assertThat(SqlErrors.isOfConnection(new SQLException("reset", "08006"))).isTrue();
		assertThat(SqlErrors.isOfConnection(new SQLException("shutdown", "57P01"))).isTrue();
		assertThat(SqlErrors.isOfConnection(new SQLRecoverableException("gone"))).isTrue();
		assertThat(SqlErrors.isOfConnection(new SQLException("cancelled", "57014"))).isFalse();
		assertThat(SqlErrors.isOfConnection(new SQLException("no state"))).isFalse();
	}

	@Test
	void aChainWithoutAnEndIsLeft() {
		SQLException one = new SQLException("one", "08001");
		SQLException two = new SQLException("two", "08001", one);
		one.initCause(two);
		assertThat(SqlErrors.permanentState(one)).isNull();
	}

	@Test
	void valuesAndConstraintsAreOfARow() {
		assertThat(SqlErrors.isOfRow(new SQLException("too long", "22001"))).isTrue();
		assertThat(SqlErrors.isOfRow(new SQLException("not null", "23502"))).isTrue();
		assertThat(SqlErrors.isOfRow(new SQLException("no right", "42501"))).isFalse();
		assertThat(SqlErrors.isOfRow(new SQLException("no state"))).isFalse();
	}

}
