package io.github.costwise.testsupport;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes JSON. */
final class Json {

	private static final JsonMapper mapper = new JsonMapper();

	private Json() {
	}

	static JsonNode read(byte[] json) {
		return (json.length == 0) ? mapper.createObjectNode() : mapper.readTree(json);
	}

	static ObjectNode object(String json) {
		return (ObjectNode) mapper.readTree(json);
	}

	static String write(Object value) {
		return mapper.writeValueAsString(value);
	}

	/**
	 * Returns a map of the given keys and values, in order, without those that are
	 * {@code null}.
	 * @param keysAndValues keys and values in turn
	 * @return the map
	 */
	static Map<String, Object> map(@Nullable Object... keysAndValues) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2) {
			Object value = keysAndValues[i + 1];
			if (value != null) {
				map.put(String.valueOf(keysAndValues[i]), value);
			}
		}
		return map;
	}

}
