package io.github.costwise.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.AnswerMode;
import io.github.costwise.model.ClientKind;
import io.github.costwise.model.PartKind;
import io.github.costwise.model.RecordedAnswer;
import io.github.costwise.model.RecordedChunk;
import io.github.costwise.model.RecordedEnd;
import io.github.costwise.model.RecordedHead;
import io.github.costwise.model.RecordedPart;

/**
 * Writes and reads what a client returned: the texts first, then everything else, packed
 * by them, since providers repeat the text elsewhere. Modes, clients and kinds are
 * written by name.
 */
final class RecordedCodec {

	private RecordedCodec() {
	}

	static void write(RecordedAnswer answer, String model, BodyWriter out) {
		List<RecordedPart> parts = answer.parts().toList();
		out.number(parts.size());
		parts.forEach((part) -> out.optional(part.text()));
		BodyWriter rest = new BodyWriter(128);
		FieldWriter fields = new FieldWriter(rest, model);
		fields.name(answer.mode().name());
		fields.name(answer.client().name());
		rest.number(answer.chunks().size());
		answer.chunks().forEach((chunk) -> write(chunk, fields));
		Packing.write(rest.toBytes(), () -> Packing.hints(parts.stream().map(RecordedPart::text)), out);
	}

	private static void write(RecordedChunk chunk, FieldWriter out) {
		out.number(chunk.run() ? 1 : 0);
		out.head(chunk.head().id(), chunk.head().model());
		out.fields(0, chunk.head().fields());
		out.number(chunk.parts().size());
		for (RecordedPart part : chunk.parts()) {
			RecordedEnd end = part.end();
			out.name(part.kind().name());
			out.fields(1, part.message());
			out.number((end != null) ? 1 : 0);
			if (end != null) {
				out.optionalName(end.finishReason());
				out.fields(2, end.fields());
			}
		}
	}

	static RecordedAnswer read(String model, BodyReader in) {
		List<@Nullable String> texts = new ArrayList<>();
		for (int i = in.count(); i > 0; i--) {
			texts.add(in.optional());
		}
		BodyReader rest = new BodyReader(Packing.read(in, () -> Packing.hints(texts.stream())), 0);
		FieldReader fields = new FieldReader(rest, model);
		AnswerMode mode = AnswerMode.valueOf(fields.name());
		ClientKind client = ClientKind.valueOf(fields.name());
		List<RecordedChunk> chunks = new ArrayList<>();
		int[] next = new int[1];
		for (int i = rest.count(); i > 0; i--) {
			chunks.add(chunk(fields, texts, next));
		}
		if (next[0] != texts.size()) {
			throw BodyReader.damaged();
		}
		rest.end();
		return new RecordedAnswer(mode, client, chunks);
	}

	private static RecordedChunk chunk(FieldReader in, List<@Nullable String> texts, int[] next) {
		boolean run = in.number() != 0;
		String id = in.id();
		String model = in.model();
		RecordedHead head = new RecordedHead(id, model, in.fields(0));
		List<RecordedPart> parts = new ArrayList<>();
		for (int i = in.count(); i > 0; i--) {
			if (next[0] >= texts.size()) {
				throw BodyReader.damaged();
			}
			parts.add(part(in, texts.get(next[0]++)));
		}
		return new RecordedChunk(head, parts, run);
	}

	private static RecordedPart part(FieldReader in, @Nullable String text) {
		PartKind kind = PartKind.valueOf(in.name());
		Map<String, Object> message = in.fields(1);
		RecordedEnd end = null;
		if (in.number() != 0) {
			end = new RecordedEnd(in.optionalName(), in.fields(2));
		}
		return new RecordedPart(kind, text, message, end);
	}

	static Stream<String> present(Stream<@Nullable String> texts) {
		return texts.flatMap(Stream::ofNullable);
	}

}
