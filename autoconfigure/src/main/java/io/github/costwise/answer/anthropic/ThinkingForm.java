package io.github.costwise.answer.anthropic;

import tools.jackson.databind.json.JsonMapper;

import io.github.costwise.answer.ForeignForm;

/**
 * Writes the thoughts that Spring AI's client keeps in a message of Anthropic so that it
 * can send them back. Its class is not public and there only from 2.0.1 on.
 *
 * @since 0.1.0
 */
public final class ThinkingForm implements ForeignForm {

	private static final String CONTENT = "org.springframework.ai.anthropic.AnthropicChatModel$AnthropicThinkingContent";

	/** Creates the form. */
	public ThinkingForm() {
	}

	@Override
	public boolean knows(String className) {
		return className.equals(CONTENT);
	}

	@Override
	public String write(Object value) {
		return JsonMapper.shared().writeValueAsString(value);
	}

	@Override
	public Object read(String className, String text) {
		try {
			return JsonMapper.shared()
				.readValue(text, Class.forName(className, false, ThinkingForm.class.getClassLoader()));
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
