package io.github.costwise.metadata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One row of the configuration metadata.
 *
 * @param name the property
 * @param type its Java type, with type arguments
 * @param description what the user reads, or empty
 * @param defaultValue as JSON, or {@code null}
 */
record Property(String name, String type, String description, @Nullable String defaultValue) {

	private static final Pattern ARTICLE = Pattern.compile("^(the|an?)\\b.*", Pattern.CASE_INSENSITIVE);

	static List<Property> read(Path metadata) throws IOException {
		if (!Files.exists(metadata)) {
			return List.of();
		}
		JsonNode properties = JsonMapper.shared().readTree(Files.readString(metadata)).path("properties");
		return properties.valueStream().map(Property::of).toList();
	}

	private static Property of(JsonNode json) {
		JsonNode value = json.path("defaultValue");
		return new Property(json.path("name").asString(""), json.path("type").asString(""),
				json.path("description").asString(""), value.isMissingNode() ? null : text(value));
	}

	private static String text(JsonNode value) {
		if (value.isArray()) {
			return String.join(", ", value.valueStream().map(Property::text).toList());
		}
		return value.isValueNode() ? value.asString() : value.toString();
	}

	List<String> problems() {
		List<String> problems = new ArrayList<>();
		if (this.description.isBlank()) {
			problems.add(this.name + " has no description");
		}
		if (ARTICLE.matcher(this.description).matches()) {
			problems.add(this.name + " is described with a leading article");
		}
		boolean answersWhether = Stream.of("Whether ", "Enable ").anyMatch(this.description::startsWith);
		if ("java.lang.Boolean".equals(this.type) && !answersWhether) {
			problems.add(this.name + " is a boolean whose description does not start with Whether or Enable");
		}
		if (!this.name.equals(this.name.toLowerCase(Locale.ROOT))) {
			problems.add(this.name + " is not in lower case");
		}
		return problems;
	}

	String row() {
		String value = (this.defaultValue == null || this.defaultValue.isEmpty()) ? "" : "`" + this.defaultValue + "`";
		return "| `" + this.name + "` | " + shortType() + " | " + value + " | " + this.description.replace("|", "\\|")
				+ " |";
	}

	private String shortType() {
		String simple = this.type.replaceAll("[\\w.]+[.$](\\w+)", "$1");
		return "`" + simple.replace(",", ", ") + "`";
	}

}
