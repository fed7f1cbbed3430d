package io.github.costwise.advisor;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.util.UriBuilderFactory;

/**
 * Reads the server of chat models that ask by Spring's HTTP clients, such as Ollama's,
 * Mistral's and DeepSeek's, from the base addresses of these clients. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SpringModelServer implements ModelServer {

	private static final int MOST_OBJECTS = 200;

	/** Model, API, client, factory of addresses; one more for wrappers. */
	private static final int DEEPEST = 5;

	@Override
	public @Nullable String address(ChatModel model, boolean streamed) {
		Set<String> found = new TreeSet<>();
		Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		Deque<FieldStep> left = new ArrayDeque<>();
		left.add(new FieldStep(model, 0));
		while (!left.isEmpty() && seen.size() < MOST_OBJECTS) {
			FieldStep step = left.remove();
			if (step.value() instanceof UriBuilderFactory factory) {
				found.add(factory.builder().build().toString());
			}
			else if (seen.add(step.value()) && step.depth() < DEEPEST) {
				ReflectionUtils.doWithFields(step.value().getClass(), (field) -> follow(field, step, left),
						SpringModelServer::leadsOn);
			}
		}
		found.remove("");
		return found.isEmpty() ? null : String.join("\n", found);
	}

	/** Whether a field is followed from an object to the address that it asks. */
	static boolean leadsOn(Field field) {
		String type = field.getType().getName();
		return !Modifier.isStatic(field.getModifiers()) && !field.getType().isEnum()
				&& (type.startsWith("org.springframework.web.") || type.endsWith("Api"));
	}

	private static void follow(Field field, FieldStep from, Deque<FieldStep> left) {
		if (field.trySetAccessible()) {
			Object value = ReflectionUtils.getField(field, from.value());
			if (value != null) {
				left.add(new FieldStep(value, from.depth() + 1));
			}
		}
	}

	private record FieldStep(Object value, int depth) {

	}

}
