package io.github.costwise.accounting.usage;

import java.util.Map;
import java.util.Optional;

import com.anthropic.core.JsonField;
import com.anthropic.core.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that objects of Anthropic's Java client hold. Only this class sees the client.
 */
final class AnthropicJson {

	private AnthropicJson() {
	}

	/** Returns what a field holds, of whatever type it came. */
	static @Nullable Object plain(Object held) {
		if (!(held instanceof JsonField<?> field) || field.isMissing() || field.isNull()) {
			return null;
		}
		Optional<?> known = field.asKnown();
		return known.isPresent() ? known.get() : field.asUnknown().map(AnthropicJson::plain).orElse(null);
	}

	/** Returns one of the properties that the class has no field for. */
	static @Nullable Object additional(Object properties, String name) {
		Object value = ((Map<?, ?>) properties).get(name);
		return (value instanceof JsonValue json) ? plain(json) : null;
	}

	private static @Nullable Object plain(JsonValue value) {
		return (value.isMissing() || value.isNull()) ? null : value.convert(Object.class);
	}

}
