package io.github.costwise.advisor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

import io.github.costwise.accounting.usage.AskedClass;
import io.github.costwise.pipeline.AskedTerms;
import io.github.costwise.pipeline.Attempt;
import io.github.costwise.pipeline.CallMeter;
import io.github.costwise.pipeline.CostMode;
import io.github.costwise.pipeline.CostTurn;
import io.github.costwise.pipeline.OutputCaps;

/**
 * Changes the options of a call where its limits ask for it, and marks streamed calls so
 * that their HTTP attempts, which happen on other threads, can be distinguished.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class CallRequests implements OutputCaps {

	private final Map<String, Streaming> streaming = new ConcurrentHashMap<>();

	private final List<ProviderOptions> providers;

	private final CostMode mode;

	private final SeenAttempts seen = new SeenAttempts();

	private volatile String series = "";

	/**
	 * Creates an instance.
	 * @param providers know the options of a provider each
	 * @param mode how much may be done
	 */
	public CallRequests(List<ProviderOptions> providers, CostMode mode) {
		this.providers = List.copyOf(providers);
		this.mode = mode;
	}

	/**
	 * Returns a streamed call that is in flight.
	 * @param callId the id that the call was marked with
	 * @return the attempt, or {@code null} when there is none
	 */
	public @Nullable Attempt streaming(String callId) {
		Streaming call = this.streaming.get(callId);
		if (call == null) {
			return null;
		}
		call.attempt().meter().attempts().begins();
		return call.attempt();
	}

	/**
	 * Returns whether a streamed call was in flight here and has come to its end.
	 * @param callId the id that the call was marked with
	 * @return whether it is over; false for the calls of others
	 */
	public boolean isOver(String callId) {
		return series(callId).equals(this.series) && !this.streaming.containsKey(callId);
	}

	/** What the ids that come from one place have in common. */
	private static String series(String callId) {
		return callId.substring(0, callId.lastIndexOf('-') + 1);
	}

	ChatClientRequest forCall(ChatClientRequest request, CostTurn turn, Attempt attempt) {
		return prepare(request, turn, attempt, false);
	}

	ChatClientRequest forStream(ChatClientRequest request, CostTurn turn, Attempt attempt) {
		return prepare(request, turn, attempt, true);
	}

	private ChatClientRequest prepare(ChatClientRequest request, CostTurn turn, Attempt attempt, boolean marked) {
		CallMeter meter = attempt.meter();
		ChatOptions options = request.prompt().getOptions();
		if (options == null) {
			return request;
		}
		ProviderOptions provider = provider(options);
		if (!meter.hasTerms()) {
			meter.asks(terms(options));
		}
		ChatOptions offered = attempt.isFinishing() ? withoutTools(options, provider) : options;
		ChatOptions changed = capped(offered, most(turn, attempt), provider);
		if (marked && provider != null && provider.marksCalls()) {
			String client = SeenAttempts.client(options, provider.server(options));
			if (this.seen.areShown(options, client)) {
				meter.attempts().areSeen();
			}
			this.streaming.put(meter.id(), new Streaming(attempt, client));
			this.series = series(meter.id());
			changed = provider.marked(changed, meter.id());
		}
		return (changed == options) ? request : withOptions(request, changed);
	}

	private static ChatClientRequest withOptions(ChatClientRequest request, ChatOptions options) {
		Map<String, Object> context = new HashMap<>(request.context());
		return new ChatClientRequest(new Prompt(request.prompt().getInstructions(), options), context);
	}

	/**
	 * Records that a client was made whose attempts are seen before they are made.
	 * @param options the class of its options
	 */
	public void showsAttempts(Class<? extends ChatOptions> options) {
		this.seen.show(options);
	}

	/** A call that came to its end was sent. */
	void ended(Attempt attempt) {
		CallMeter meter = attempt.meter();
		Streaming call = this.streaming.remove(meter.id());
		if (call != null && !meter.attempts().hasBegun()) {
			this.seen.unseen(call.client());
		}
	}

	void forget(Attempt attempt) {
		this.streaming.remove(attempt.meter().id());
	}

	@Override
	public AskedTerms terms(ChatOptions options) {
		ProviderOptions provider = provider(options);
		return new AskedTerms(AskedClass.tier(options), AskedClass.isRegional(options), AskedClass.isSearching(options),
				provider != null && provider.asksForOneHourCache(options));
	}

	private static ChatOptions withoutTools(ChatOptions options, @Nullable ProviderOptions provider) {
		return (provider != null) ? provider.withoutTools(options) : stripped(options);
	}

	static ChatOptions stripped(ChatOptions options) {
		return (options instanceof ToolCallingChatOptions tools) ? tools.mutate().toolCallbacks(List.of()).build()
				: options;
	}

	private @Nullable Integer most(CostTurn turn, Attempt attempt) {
		if (this.mode != CostMode.ENFORCE) {
			return null;
		}
		Integer ofTurn = turn.limits().maxOutputTokens();
		Integer ofBudgets = attempt.outputCap();
		return (ofTurn != null && ofBudgets != null) ? Integer.valueOf(Math.min(ofTurn, ofBudgets))
				: (ofTurn != null) ? ofTurn : ofBudgets;
	}

	@Override
	public @Nullable Integer outputLimit(ChatOptions options) {
		ProviderOptions provider = provider(options);
		return (provider != null) ? provider.outputLimit(options) : options.getMaxTokens();
	}

	@Override
	public @Nullable Integer askedLimit(ChatOptions options) {
		ProviderOptions provider = provider(options);
		Integer limit = outputLimit(options);
		Integer usual = (provider != null) ? provider.classDefaults(options).getMaxTokens() : null;
		return Objects.equals(limit, usual) ? null : limit;
	}

	@Override
	public int thinkingBudget(ChatOptions options) {
		ProviderOptions provider = provider(options);
		return (provider != null) ? provider.thinkingBudget(options) : 0;
	}

	private static ChatOptions capped(ChatOptions options, @Nullable Integer most, @Nullable ProviderOptions provider) {
		if (most == null) {
			return options;
		}
		if (provider != null) {
			return provider.capped(options, most);
		}
		Integer asked = options.getMaxTokens();
		return (asked != null && asked <= most) ? options : options.mutate().maxTokens(most).build();
	}

	private @Nullable ProviderOptions provider(ChatOptions options) {
		for (ProviderOptions provider : this.providers) {
			if (provider.supports(options)) {
				return provider;
			}
		}
		return null;
	}

	private record Streaming(Attempt attempt, String client) {

	}

}
