import { useId } from "preact/hooks";
import { FOCAL_POINTS, type FocalPoint } from "../../domain/hero.ts";
import { say } from "../words/words.ts";

/**
 * Where the subject of a picture is: by a click on the picture, or by the arrow keys among the nine places. Beside it the crops that
 * readers get.
 */
export function FocalPointField({
  src,
  value,
  disabled = false,
  onChange,
}: {
  src: string;
  value: FocalPoint;
  disabled?: boolean;
  onChange: (point: FocalPoint) => void;
}) {
  const words = say().focus;
  const name = useId();
  const style = { objectPosition: positionOf(value) };
  return (
    <fieldset class="focal" disabled={disabled}>
      <legend class="label">{words.title}</legend>
      <div class="focal-picture">
        <img src={src} alt="" />
        <div class="focal-places">
          {FOCAL_POINTS.map((point) => (
            <label key={point} title={words.points[point]}>
              <input
                type="radio"
                name={name}
                value={point}
                checked={value === point}
                onChange={() => onChange(point)}
              />
              <span class="unseen">{words.points[point]}</span>
            </label>
          ))}
        </div>
      </div>
      <div class="focal-crops" aria-hidden="true">
        <img class="wide" src={src} alt="" style={style} />
        <img class="square" src={src} alt="" style={style} />
      </div>
      <p class="hint">{words.hint}</p>
    </fieldset>
  );
}

/** The same as `object-position` has it, and as readers' pages crop. */
function positionOf(point: FocalPoint): string {
  const across = point.includes("left") ? "0%" : point.includes("right") ? "100%" : "50%";
  const down = point.startsWith("top") ? "0%" : point.startsWith("bottom") ? "100%" : "50%";
  return `${across} ${down}`;
}
