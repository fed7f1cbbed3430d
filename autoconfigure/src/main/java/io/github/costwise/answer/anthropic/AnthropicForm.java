package io.github.costwise.answer.anthropic;

import java.io.IOException;

import com.anthropic.core.ObjectMappers;

import io.github.costwise.answer.ForeignForm;

/**
 * Writes models of Anthropic's library as it sends them itself, and constants by their
 * name.
 *
 * @since 0.1.0
 */
public final class AnthropicForm implements ForeignForm {

	private static final String MODELS = "com.anthropic.models.";

	/** Creates the form. */
	public AnthropicForm() {
	}

	@Override
	public boolean knows(String className) {
		return className.startsWith(MODELS);
	}

	@Override
	public String write(Object value) {
		try {
			return (value instanceof Enum<?> constant) ? constant.name()
					: ObjectMappers.jsonMapper().writeValueAsString(value);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	@Override
	@SuppressWarnings({ "unchecked", "rawtypes" })
	public Object read(String className, String text) {
		try {
			Class<?> type = Class.forName(className, false, AnthropicForm.class.getClassLoader());
			return type.isEnum() ? Enum.valueOf((Class) type, text) : ObjectMappers.jsonMapper().readValue(text, type);
		}
		catch (ClassNotFoundException | IOException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
