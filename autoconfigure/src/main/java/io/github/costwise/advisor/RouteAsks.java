package io.github.costwise.advisor;

import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClientAttributes;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;

import io.github.costwise.pipeline.RouteAsk;
import io.github.costwise.routing.RouteTarget;
import io.github.costwise.routing.RoutingTable;

/**
 * Reads from requests what routing must know of them. Thread-safe.
 */
final class RouteAsks {

	private final Supplier<Map<String, ChatModel>> models;

	RouteAsks(Supplier<Map<String, ChatModel>> models) {
		this.models = models;
	}

	RouteAsk of(ChatClientRequest request, boolean streamed, RoutingTable table) {
		Map<String, @Nullable Object> context = request.context();
		boolean structured = context.containsKey(ChatClientAttributes.STRUCTURED_OUTPUT_NATIVE.getKey())
				&& context.containsKey(ChatClientAttributes.STRUCTURED_OUTPUT_SCHEMA.getKey());
		return new RouteAsk(request.prompt(), new RouteAsk.Form(streamed, structured),
				text(context.get(ChatMemory.CONVERSATION_ID)),
				wish(request.prompt().getOptions(), text(context.get(RouteMetadata.TARGET_PARAMETER)), table));
	}

	private RouteAsk.Wish wish(@Nullable ChatOptions options, @Nullable String target, RoutingTable table) {
		String model = (options != null) ? options.getModel() : null;
		if (options == null || model == null) {
			return new RouteAsk.Wish(target, null, false);
		}
		Map<String, ChatModel> beans = this.models.get();
		boolean usual = beans.values()
			.stream()
			.map(ChatModel::getOptions)
			.anyMatch((own) -> own.getClass() == options.getClass() && model.equals(own.getModel()));
		return new RouteAsk.Wish(target, own(options, model, table), !usual);
	}

	private @Nullable String own(ChatOptions options, String model, RoutingTable table) {
		for (RouteTarget target : table.targets()) {
			ChatModel bean = target.model().equals(model) ? this.models.get().get(target.bean()) : null;
			if (bean != null && bean.getOptions().getClass() == options.getClass()) {
				return target.name();
			}
		}
		return null;
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

}
