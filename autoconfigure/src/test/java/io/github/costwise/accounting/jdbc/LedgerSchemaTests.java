package io.github.costwise.accounting.jdbc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LedgerSchema}.
 */
@Tag("unit")
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
		List<String> columns = new ArrayList<>(Arrays.stream(body.split("\n"))
			.map(String::strip)
			.filter((line) -> !line.isEmpty())
			.map((line) -> line.substring(0, line.indexOf(' ')))
			.toList());
		for (int version = 2; version <= LedgerSchema.VERSION; version++) {
			Pattern.compile("alter table " + table + " add column if not exists (\\w+)")
				.matcher(LedgerSchema.script(version))
				.results()
				.forEach((added) -> columns.add(added.group(1)));
		}
		return columns;
	}

}
