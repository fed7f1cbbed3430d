package io.github.costwise.accounting.usage;

/**
 * The counts of a body shaped like OpenAI's, whose total tells what the prompt and the
 * completion include: a total that is larger by the cached tokens has them beside the
 * prompt, one that is larger by the reasoning has that beside the completion.
 *
 * @param prompt tokens of the prompt
 * @param completion tokens of the completion
 * @param total tokens in all, 0 when it is not told
 * @param cached tokens read from and written to the cache
 * @param reasoning tokens of reasoning
 */
record Totals(long prompt, long completion, long total, long cached, long reasoning) {

	/** Tokens of the total that are neither prompt nor completion. */
	long rest() {
		return this.total - this.prompt - this.completion;
	}

	/** Whether the total says that cached tokens are counted beside the prompt. */
	boolean saysCacheIsApart() {
		return this.cached > 0 && (rest() == this.cached || rest() == this.cached + this.reasoning)
				&& rest() != this.reasoning;
	}

	/** Whether the total says that reasoning is counted beside the completion. */
	boolean saysReasoningIsApart() {
		return this.reasoning > 0 && (rest() == this.reasoning || rest() == this.cached + this.reasoning);
	}

	/** Whether there is a total that no reading explains. */
	boolean contradicts() {
		return this.total > 0 && rest() != 0 && !saysCacheIsApart() && !saysReasoningIsApart();
	}

	/**
	 * Whether cached tokens are counted beside the prompt: the total says so, or it does
	 * not say otherwise and they are more than the prompt, or nothing explains the total
	 * and it is the larger reading.
	 */
	boolean isCacheApart() {
		boolean untold = rest() != 0 && !saysReasoningIsApart();
		return saysCacheIsApart() || (untold && this.cached > this.prompt)
				|| (this.cached > 0 && contradicts() && rest() > 0);
	}

}
