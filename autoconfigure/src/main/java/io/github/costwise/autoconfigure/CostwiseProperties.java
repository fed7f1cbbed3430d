package io.github.costwise.autoconfigure;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.costwise.faults.Faults;
import io.github.costwise.budget.queue.QueuePriority;
import io.github.costwise.pipeline.CostMode;

/**
 * Settings of Costwise as a whole.
 *
 * @since 0.1.0
 */
@ConfigurationProperties(CostwiseProperties.PREFIX)
public class CostwiseProperties {

	static final String PREFIX = "costwise";

	/**
	 * How much may be done: 'enforce' does what the policies say, 'observe' accounts and
	 * changes nothing, 'off' does nothing.
	 */
	private CostMode mode = CostMode.ENFORCE;

	/**
	 * Policies by name. The one named 'default' applies where none is named.
	 */
	private Map<String, Policy> policies = new LinkedHashMap<>();

	private final Annotation annotation = new Annotation();

	private final Chat chat = new Chat();

	private final Accounting accounting = new Accounting();

	public CostMode getMode() {
		return this.mode;
	}

	public void setMode(CostMode mode) {
		this.mode = mode;
	}

	public Map<String, Policy> getPolicies() {
		return this.policies;
	}

	public void setPolicies(Map<String, Policy> policies) {
		this.policies = policies;
	}

	public Annotation getAnnotation() {
		return this.annotation;
	}

	public Chat getChat() {
		return this.chat;
	}

	public Accounting getAccounting() {
		return this.accounting;
	}

	/** Settings of one policy. */
	public static class Policy {

		/**
		 * Most output tokens of each call.
		 */
		private @Nullable Integer maxOutputTokens;

		/**
		 * Most calls of each turn, tool rounds and repeats included.
		 */
		private @Nullable Integer maxCalls;

		/**
		 * Most that a turn may cost in US dollars. A call that may cost more than is left
		 * is given a lower limit of output tokens, or not sent. A tenth is kept for a
		 * last answer without tools.
		 */
		private @Nullable BigDecimal maxCostUsd;

		/**
		 * What the response cache may do.
		 */
		private @Nullable CachePolicyProperties cache;

		/**
		 * How the model is chosen.
		 */
		private @Nullable RoutingPolicyProperties routing;

		/**
		 * What takes over from a model that fails.
		 */
		private RoutingPolicyProperties.@Nullable Fallback fallback;

		/**
		 * How the answers of lower tiers are judged.
		 */
		private RoutingPolicyProperties.@Nullable Gate gate;

		/**
		 * How its calls wait for room in budgets.
		 */
		private @Nullable PolicyBudget budget;

		public @Nullable Integer getMaxOutputTokens() {
			return this.maxOutputTokens;
		}

		public void setMaxOutputTokens(@Nullable Integer maxOutputTokens) {
			this.maxOutputTokens = maxOutputTokens;
		}

		public @Nullable Integer getMaxCalls() {
			return this.maxCalls;
		}

		public void setMaxCalls(@Nullable Integer maxCalls) {
			this.maxCalls = maxCalls;
		}

		public @Nullable BigDecimal getMaxCostUsd() {
			return this.maxCostUsd;
		}

		public void setMaxCostUsd(@Nullable BigDecimal maxCostUsd) {
			this.maxCostUsd = maxCostUsd;
		}

		public @Nullable CachePolicyProperties getCache() {
			return this.cache;
		}

		public void setCache(@Nullable CachePolicyProperties cache) {
			this.cache = cache;
		}

		public @Nullable RoutingPolicyProperties getRouting() {
			return this.routing;
		}

		public void setRouting(@Nullable RoutingPolicyProperties routing) {
			this.routing = routing;
		}

		public @Nullable PolicyBudget getBudget() {
			return this.budget;
		}

		public void setBudget(@Nullable PolicyBudget budget) {
			this.budget = budget;
		}

		public RoutingPolicyProperties.@Nullable Gate getGate() {
			return this.gate;
		}

		public void setGate(RoutingPolicyProperties.@Nullable Gate gate) {
			this.gate = gate;
		}

		public RoutingPolicyProperties.@Nullable Fallback getFallback() {
			return this.fallback;
		}

		public void setFallback(RoutingPolicyProperties.@Nullable Fallback fallback) {
			this.fallback = fallback;
		}

	}

	/** Settings of the annotation. */
	public static class Annotation {

		/**
		 * What to do at start about an annotated method that cannot be intercepted, such
		 * as a private or final one.
		 */
		private Uninterceptable uninterceptable = Uninterceptable.FAIL;

		public Uninterceptable getUninterceptable() {
			return this.uninterceptable;
		}

		public void setUninterceptable(Uninterceptable uninterceptable) {
			this.uninterceptable = uninterceptable;
		}

		/** What to do about a method that cannot be intercepted. */
		public enum Uninterceptable {

			/** Fail the start. */
			FAIL,

			/** Log a warning. */
			WARN

		}

	}

	/** Settings of the ChatClient builder. */
	public static class Chat {

		/**
		 * Bean name of the chat model behind the injectable ChatClient.Builder, where
		 * there are several.
		 */
		private @Nullable String defaultModel;

		/**
		 * What tells the server and the model behind a ChatModel bean from others, by the
		 * name of the bean. Cached answers are shared only where this is equal. By
		 * default it follows from the bean, its server and its model.
		 */
		private Map<String, String> identities = new LinkedHashMap<>();

		public Map<String, String> getIdentities() {
			return this.identities;
		}

		public void setIdentities(Map<String, String> identities) {
			this.identities = identities;
		}

		public @Nullable String getDefaultModel() {
			return this.defaultModel;
		}

		public void setDefaultModel(@Nullable String defaultModel) {
			this.defaultModel = defaultModel;
		}

	}

	/** Settings of accounting. */
	public static class Accounting {

		/**
		 * Whether to see the HTTP attempts inside the OpenAI and Anthropic clients.
		 * Streamed requests are marked with a header that is removed before sending.
		 */
		private boolean httpAttempts = true;

		private final WireUsageProperties wireUsage = new WireUsageProperties();

		public boolean isHttpAttempts() {
			return this.httpAttempts;
		}

		public void setHttpAttempts(boolean httpAttempts) {
			this.httpAttempts = httpAttempts;
		}

		public WireUsageProperties getWireUsage() {
			return this.wireUsage;
		}

		@Nullable Faults reading(Faults faults) {
			return this.wireUsage.isEnabled() ? faults : null;
		}

	}

	/** Settings of reading usage along with what passes. */
	public static class WireUsageProperties {

		/**
		 * Whether to read the usage in the bodies of OpenAI and Anthropic answers as they
		 * pass, since their clients drop parts of it. Nothing else of a body is kept.
		 * Without "http-attempts" nothing is read.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * How calls of a policy wait for room in budgets.
	 *
	 * @param priority Which of several waiting calls goes first
	 */
	public record PolicyBudget(@DefaultValue("normal") QueuePriority priority) {

	}

}
