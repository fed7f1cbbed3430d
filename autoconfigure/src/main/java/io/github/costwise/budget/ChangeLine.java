package io.github.costwise.budget;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.costwise.budget.BudgetChanges.RecordedChange;
import io.github.costwise.budget.BudgetOrder.BudgetVerb;

/** What was done with a budget, as one line of JSON. */
final class ChangeLine {

	private static final JsonMapper MAPPER = new JsonMapper();

	private ChangeLine() {
	}

	static String write(RecordedChange change) {
		return MAPPER.writeValueAsString(fields(change));
	}

	private static Map<String, @Nullable Object> fields(RecordedChange change) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("at", change.at().toString());
		fields.put("budget", change.budget());
		fields.put("verb", change.verb().name());
		fields.put("owner", change.owner());
		fields.put("amount", change.amount());
		fields.put("unit", change.unit());
		fields.put("why", change.why());
		fields.put("who", change.who());
		return fields;
	}

	/** Reads a line, or returns {@code null} where it is none. */
	static @Nullable RecordedChange read(String line) {
		try {
			JsonNode fields = MAPPER.readTree(line);
			return new RecordedChange(Instant.parse(fields.path("at").asString()), fields.path("budget").asString(),
					BudgetVerb.valueOf(fields.path("verb").asString()), text(fields, "owner"),
					fields.path("amount").asLong(0), text(fields, "unit"), fields.path("why").asString(""),
					text(fields, "who"));
		}
		catch (JacksonException | IllegalArgumentException | DateTimeException ex) {
			return null;
		}
	}

	private static @Nullable String text(JsonNode fields, String name) {
		JsonNode value = fields.path(name);
		return value.isString() ? value.asString() : null;
	}

}
