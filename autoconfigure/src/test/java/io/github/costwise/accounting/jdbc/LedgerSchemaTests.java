package io.github.costwise.accounting.jdbc;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LedgerSchema}.
 */
class LedgerSchemaTests {

	@Test
	void theTablesHaveTheColumnsThatAreWritten() {
		assertThat(columns(TurnTable.NAME)).containsExactlyElementsOf(names(TurnTable.TABLE));
		assertThat(columns(CallTable.NAME)).containsExactlyElementsOf(names(CallTable.TABLE));
	}

	private static List<String> names(Table<?> table) {
		return table.columns().stream().map((column) -> column.name()).toList();
	}

	private static List<String> columns(String table) {
		String script = LedgerSchema.script(1);
		int begin = script.indexOf("create table if not exists " + table + " (");
		String body = script.substring(script.indexOf('(', begin) + 1, script.indexOf(");", begin));
		return Arrays.stream(body.split("\n")).map(String::strip).filter((line) -> !line.isEmpty()).map((line) -> {
			return line.substring(0, line.indexOf(' '));
		}).toList();
	}

}
