package org.springframework.ai.anthropic;

import java.util.List;
import java.util.Map;

import org.springframework.ai.chat.messages.AssistantMessage;

/**
 * Stands for the message types that clients of Spring AI have from 2.0.1 on; told by the
 * package.
 */
public class TypedMessage extends AssistantMessage {

	public TypedMessage(String text, Map<String, Object> properties) {
		super(text, properties, List.of(), List.of());
	}

}
