package io.github.costwise.advisor;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.util.ReflectionUtils;

/** Finds the chat models that a chat model of the application asks in its turn. */
final class DelegateModels {

	private DelegateModels() {
	}

	/**
	 * Returns the models in the fields of a model that can be read, in a stable order.
	 */
	static List<ChatModel> of(ChatModel model) {
		List<ChatModel> found = new ArrayList<>();
		ReflectionUtils.doWithFields(model.getClass(), (field) -> {
			if (field.trySetAccessible() && ReflectionUtils.getField(field, model) instanceof ChatModel held) {
				ChatModel behind = ProxiedModel.target(held);
				if (behind != null && behind != model) {
					found.add(behind);
				}
			}
		}, DelegateModels::mayHold);
		return found;
	}

	private static boolean mayHold(Field field) {
		return ChatModel.class.isAssignableFrom(field.getType()) && !Modifier.isStatic(field.getModifiers());
	}

}
