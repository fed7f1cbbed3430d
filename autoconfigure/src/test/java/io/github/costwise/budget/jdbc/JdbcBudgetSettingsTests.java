package io.github.costwise.budget.jdbc;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.jdbc.SchemaMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JdbcBudgetSettings} and the keys of rows.
 */
@Tag("unit")
class JdbcBudgetSettingsTests {

	@Test
	void wrongValuesAreRefusedByTheirNames() {
		assertRefused("connections", 0, Duration.ofSeconds(1), Duration.ofSeconds(1));
		assertRefused("connections", 65, Duration.ofSeconds(1), Duration.ofSeconds(1));
		assertRefused("connection-wait", 4, Duration.ZERO, Duration.ofSeconds(1));
		assertRefused("timeout", 4, Duration.ofSeconds(1), Duration.ofHours(1));
	}

	private static void assertRefused(String name, int connections, Duration wait, Duration timeout) {
		assertThatExceptionOfType(CostwiseConfigurationException.class)
			.isThrownBy(() -> new JdbcBudgetSettings(connections, true, wait, timeout, SchemaMode.NEVER))
			.withMessageContaining("costwise.budgets.jdbc." + name);
	}

	@Test
	void idsThatARowCannotHoldAreDigested() {
		assertThat(StoredHoldRow.key("call 12 ")).isEqualTo("call 12 ");
		assertThat(StoredHoldRow.key("größe")).startsWith("#").hasSize(41).isNotEqualTo(StoredHoldRow.key("größE"));
		assertThat(StoredHoldRow.key("x".repeat(101))).hasSize(41);
		assertThat(StoredHoldRow.key("a\nb")).hasSize(41);
	}

}
