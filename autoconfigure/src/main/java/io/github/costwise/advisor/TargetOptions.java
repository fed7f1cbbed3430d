package io.github.costwise.advisor;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.DefaultChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/**
 * Makes of the options that a request was built with, for one model, those for another. A
 * model takes options of its own class only, and nothing merges its own configuration
 * into them, so they start from that. Thread-safe.
 */
final class TargetOptions {

	private static final ProviderOptions OTHER = new ClientOptions();

	private final LeftOutOptions leftOut = new LeftOutOptions();

	private final List<ProviderOptions> providers;

	private final Supplier<Map<String, ChatModel>> models;

	TargetOptions(List<ProviderOptions> providers, Supplier<Map<String, ChatModel>> models) {
		this.providers = List.copyOf(providers);
		this.models = models;
	}

	ChatOptions forTarget(@Nullable ChatOptions asked, ChatModel target, String model) {
		ChatOptions own = target.getOptions();
		ProviderOptions provider = provider(own);
		if (asked == null) {
			return fitted(provider, own, model);
		}
		ChatModel source = source(asked);
		return fitted(provider, (source == target) ? asked : rebuilt(asked, source, own), model);
	}

	private ChatOptions fitted(ProviderOptions provider, ChatOptions options, String model) {
		ChatOptions fitted = provider.fitted(options, model);
		this.leftOut.tell(model, LeftOutOptions.between(options, fitted, provider));
		return fitted;
	}

	/** What the model that the options name takes, and its server. */
	ModelRules rules(ChatOptions options, @Nullable String model) {
		return ModelRules.of(model, provider(options).server(options));
	}

	/**
	 * The model that the options were built for is known to its client alone. It is the
	 * only one of the application with options of that class and that connection; where
	 * there are several, none is taken for it.
	 */
	private @Nullable ChatModel source(ChatOptions asked) {
		ProviderOptions provider = provider(asked);
		List<ChatModel> candidates = this.models.get()
			.values()
			.stream()
			.filter((model) -> model.getOptions().getClass() == asked.getClass()
					&& !Boolean.FALSE.equals(provider.sameConnection(asked, model.getOptions())))
			.toList();
		return (candidates.size() == 1) ? candidates.get(0) : null;
	}

	private ChatOptions rebuilt(ChatOptions asked, @Nullable ChatModel source, ChatOptions own) {
		ProviderOptions provider = provider(own);
		ProviderOptions askedBy = provider(asked);
		ChatOptions sourceOwn = (source != null) ? source.getOptions() : null;
		Wishes wishes = new Wishes(asked, askedBy.classDefaults(asked), sourceOwn, own, provider.classDefaults(own));
		ChatOptions.Builder<?> builder = builder(own, asked);
		wishes.copyTo(builder);
		takeTools(asked, builder);
		takeSchema(asked, builder);
		ChatOptions options = builder.build();
		Integer limit = wishes.limit(askedBy);
		options = (limit != null) ? provider.withOutputLimit(options, limit) : options;
		return (asked.getClass() == own.getClass()) ? provider.sharing(asked, options) : options;
	}

	/** A model without options of its own may still take tools. */
	private static ChatOptions.Builder<?> builder(ChatOptions own, ChatOptions asked) {
		if (own.getClass() == DefaultChatOptions.class && asked instanceof ToolCallingChatOptions) {
			return ToolCallingChatOptions.builder().combineWith(own.mutate());
		}
		return own.mutate();
	}

	/** The tool loop knows the tools of the request, and no others. */
	private static void takeTools(ChatOptions asked, ChatOptions.Builder<?> builder) {
		if (builder instanceof ToolCallingChatOptions.Builder<?> tooled) {
			ToolCallingChatOptions from = (asked instanceof ToolCallingChatOptions tools) ? tools : null;
			tooled.toolCallbacks((from != null) ? from.getToolCallbacks() : null);
			tooled.toolContext((Map<String, Object>) null);
			tooled.toolContext((from != null) ? from.getToolContext() : null);
		}
	}

	private static void takeSchema(ChatOptions asked, ChatOptions.Builder<?> builder) {
		if (asked instanceof StructuredOutputChatOptions from && from.getOutputSchema() != null
				&& builder instanceof StructuredOutputChatOptions.Builder<?> structured) {
			structured.outputSchema(from.getOutputSchema());
		}
	}

	private ProviderOptions provider(ChatOptions options) {
		for (ProviderOptions provider : this.providers) {
			if (provider.supports(options)) {
				return provider;
			}
		}
		return OTHER;
	}

	/**
	 * What a request asks for. What it asks for itself goes first, then what its target
	 * is configured with, then what its own model is configured with; the limit on output
	 * tokens of another model is not taken over.
	 *
	 * @param asked the options of the request
	 * @param askedDefaults what their client fills in
	 * @param sourceOwn the options of the model that the request was built for, if known
	 * @param own the options of the target
	 * @param ownDefaults what the client of the target fills in
	 */
	private record Wishes(ChatOptions asked, ChatOptions askedDefaults, @Nullable ChatOptions sourceOwn,
			ChatOptions own, ChatOptions ownDefaults) {

		void copyTo(ChatOptions.Builder<?> builder) {
			builder.temperature(choose(ChatOptions::getTemperature))
				.topP(choose(ChatOptions::getTopP))
				.topK(choose(ChatOptions::getTopK))
				.frequencyPenalty(choose(ChatOptions::getFrequencyPenalty))
				.presencePenalty(choose(ChatOptions::getPresencePenalty))
				.stopSequences(choose(ChatOptions::getStopSequences));
		}

		@Nullable Integer limit(ProviderOptions askedBy) {
			Integer wish = askedBy.outputLimit(this.asked);
			Integer usual = (this.sourceOwn != null) ? askedBy.outputLimit(this.sourceOwn)
					: this.askedDefaults.getMaxTokens();
			return Objects.equals(wish, usual) ? null : wish;
		}

		private <T> @Nullable T choose(Function<ChatOptions, @Nullable T> value) {
			T wish = value.apply(this.asked);
			T configured = value.apply(this.own);
			boolean isConfigured = configured != null && !configured.equals(value.apply(this.ownDefaults));
			boolean isDefault = wish == null || wish.equals(value.apply(this.askedDefaults));
			return asksFor(value) || !(isConfigured || isDefault) ? wish : configured;
		}

		private <T> boolean asksFor(Function<ChatOptions, @Nullable T> value) {
			T wish = value.apply(this.asked);
			T usual = value.apply((this.sourceOwn != null) ? this.sourceOwn : this.askedDefaults);
			return wish != null && !Objects.equals(wish, usual);
		}

	}

}
