package io.github.costwise.advisor;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClientAttributes;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;

import io.github.costwise.RouteMetadata;
import io.github.costwise.accounting.usage.PromptSize;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.pipeline.RoutingInput;
import io.github.costwise.routing.RoutingTable;

/**
 * Reads from requests what routing must know of them. Thread-safe.
 */
final class RouteAsks {

	private final Supplier<Map<String, ChatModel>> models;

	private final ModelIdentities identities;

	RouteAsks(Supplier<Map<String, ChatModel>> models, ModelIdentities identities) {
		this.models = models;
		this.identities = identities;
	}

	RoutingInput of(ChatClientRequest request, PromptSize size, List<? extends Advisor> advisors, boolean streamed,
			RoutingTable table) {
		Map<String, @Nullable Object> context = request.context();
		boolean structured = context.containsKey(ChatClientAttributes.STRUCTURED_OUTPUT_NATIVE.getKey())
				&& context.containsKey(ChatClientAttributes.STRUCTURED_OUTPUT_SCHEMA.getKey());
		return new RoutingInput(size, new RoutingInput.Form(streamed, structured),
				text(context.get(ChatMemory.CONVERSATION_ID)), wish(request, advisors, table));
	}

	/** What a request asks for, at whichever place of the chain it is looked at. */
	RoutingInput.RequestedModel wish(ChatClientRequest request, List<? extends Advisor> advisors, RoutingTable table) {
		ChatOptions options = request.prompt().getOptions();
		String target = text(request.context().get(RouteMetadata.TARGET_PARAMETER));
		String model = (options != null) ? options.getModel() : null;
		if (options == null || model == null) {
			return new RoutingInput.RequestedModel(target, null, false);
		}
		Map<String, ChatModel> beans = this.models.get();
		boolean usual = beans.values()
			.stream()
			.map(ChatModel::getOptions)
			.anyMatch((own) -> own.getClass() == options.getClass() && model.equals(own.getModel()));
		return new RoutingInput.RequestedModel(target, own(model, advisors, table), !usual);
	}

	/** Two beans of one class may ask two servers for a model of the same name. */
	private @Nullable String own(String model, List<? extends Advisor> advisors, RoutingTable table) {
		List<RouteTarget> targets = table.targets().stream().filter((target) -> target.model().equals(model)).toList();
		String bean = targets.isEmpty() ? null : this.identities.bean(advisors);
		return targets.stream()
			.filter((target) -> target.bean().equals(bean))
			.map(RouteTarget::name)
			.findFirst()
			.orElse(null);
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

}
