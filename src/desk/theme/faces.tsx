import { FACE_NAMES, FACES, type FaceName } from "../../domain/faces.ts";
import { CORNER_NAMES, MASTHEADS, type Corners, type FaceRole } from "../../domain/theme.ts";
import { Choice } from "../parts/field.tsx";
import { say } from "../words/words.ts";
import { change, changeFace, drafted, ROLES } from "./draft.ts";

/** The faces, the top of the page, and the corners of pictures. */
export function Faces() {
  const words = say().settings.theme;
  return (
    <fieldset>
      <legend>{words.faces}</legend>
      <p class="hint">{words.facesHint}</p>
      {ROLES.map((role) => (
        <FaceField key={role} role={role} />
      ))}
    </fieldset>
  );
}

function FaceField({ role }: { role: FaceRole }) {
  const words = say().settings.theme;
  const name = drafted.value.faces?.[role];
  return (
    <div class="face">
      <Choice
        label={words.role[role]}
        value={name ?? ""}
        onText={(text) => changeFace(role, text === "" ? undefined : (text as FaceName))}
        options={[
          ["", words.standardFace[role]],
          ...FACE_NAMES.map((each) => [each, words.face[each]] as const),
        ]}
      />
      <p class="sample" aria-hidden="true" style={name && { fontFamily: FACES[name].stack }}>
        {words.sample}
      </p>
    </div>
  );
}

export function Shape() {
  const words = say().settings.theme;
  const { masthead, corners } = drafted.value;
  return (
    <div class="pair">
      <Choice
        label={words.mastheadLabel}
        value={masthead ?? "centred"}
        onText={(text) => change({ masthead: MASTHEADS.find((name) => name === text) })}
        options={MASTHEADS.map((name) => [name, words.masthead[name]] as const)}
      />
      <Choice
        label={words.cornersLabel}
        value={corners ?? "square"}
        onText={(text) => change({ corners: text as Corners })}
        options={CORNER_NAMES.map((name) => [name, words.corners[name]] as const)}
      />
    </div>
  );
}
